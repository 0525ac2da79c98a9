const BASE = '/services/data/v65.0';

/** Calls the org as the user of the page; what fails is thrown as Lightning Data Service throws it. */
export async function call(method, path, body) {
  const response = await fetch(BASE + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (response.ok) return answer;
  const { status, statusText } = response;
  const [first] = [answer].flat();
  throw { ok: false, status, statusText, body: { statusCode: status, ...first }, errorType: 'fetchResponse' };
}
