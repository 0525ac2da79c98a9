const RECORD_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** The address as a link may have it: what is not http or https, such as javascript:, is not offered. */
export function webAddress(text: string | null): string | null {
  try {
    const url = new URL(text ?? '');
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Where the page of a record is; null for what is no id. */
export function recordAddress(recordId: string | null): string | null {
  return recordId !== null && RECORD_ID.test(recordId) ? `/lightning/r/${recordId}/view` : null;
}
