import type { LocalZendesk } from '../zendesk/startZendesk.ts';
import { waitFor } from './waitFor.ts';

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };
export type Build = { readonly status: string; readonly message: string; readonly appId: number };

/** Calls the API for apps as the administrator, with JSON or a form; its answers are not wrapped in names. */
export async function callApps(
  zendesk: LocalZendesk,
  method: string,
  path: string,
  sent?: object | FormData,
  as = zendesk.adminEmail,
): Promise<Answer & { readonly text: string }> {
  const credentials = `${as}/token:${zendesk.apiTokens[0] ?? ''}`;
  const isForm = sent instanceof FormData;
  const response = await fetch(`${zendesk.url}/api/v2/apps${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(sent === undefined ? {} : { body: isForm ? sent : JSON.stringify(sent) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, text, body: isJson ? (JSON.parse(text) as Answer['body']) : {} };
}

/** Uploads a zip and builds an app of it, or the one that is named anew. */
export async function buildApp(zendesk: LocalZendesk, zip: Buffer, known?: number): Promise<Build> {
  const form = new FormData();
  form.append('uploaded_data', new Blob([new Uint8Array(zip)]), 'app.zip');
  const upload = await callApps(zendesk, 'POST', '/uploads.json', form);
  const sent = { name: 'Salesforce', upload_id: upload.body['id'] };
  const job =
    known === undefined
      ? await callApps(zendesk, 'POST', '.json', sent)
      : await callApps(zendesk, 'PUT', `/${known}.json`, sent);
  return waitFor('the build', async () => {
    const { body } = await callApps(zendesk, 'GET', `/job_statuses/${String(job.body['job_id'])}`);
    const { status, message, app_id: appId } = body as { status: string; message: string; app_id: number };
    return status === 'working' ? null : { status, message, appId };
  });
}

/** Builds and installs an app. Returns what a server needs to know its frames by. */
export async function installApp(
  zendesk: LocalZendesk,
  zip: Buffer,
): Promise<{ readonly appId: number; readonly installation: string; readonly publicKey: string }> {
  const { appId } = await buildApp(zendesk, zip);
  const sent = { app_id: appId, settings: { name: 'Salesforce' } };
  const { body } = await callApps(zendesk, 'POST', '/installations.json', sent);
  const { text: publicKey } = await callApps(zendesk, 'GET', `/${appId}/public_key.pem`);
  return { appId, installation: String(body['id']), publicKey };
}
