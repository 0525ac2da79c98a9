import { Messages, type SfError } from '@salesforce/core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'errors');

/** Every error that the plugin raises by itself; texts and what to do stand in messages/errors.md. */
export const ERROR_CODES = [
  'AssignFailed',
  'Blocked',
  'DeployFailed',
  'NeedsConfirmation',
  'NoPermissionSet',
  'NoSuchUser',
  'NotAllowed',
  'NotVerified',
  'RetrieveFailed',
  'RetrieveTimedOut',
  'SessionExpired',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error by its code, with its text filled in and what to do next. */
export function failure(code: ErrorCode, tokens: readonly (string | number)[] = []): SfError {
  return messages.createError(`error.${code}`, [...tokens]);
}

/** Errors of Salesforce that a user meets often, in words that say what to do. */
export function explain(error: unknown): unknown {
  const { errorCode, name, message = '' } = error as { errorCode?: string; name?: string; message?: string };
  const code = errorCode ?? name ?? '';
  if (code.includes('INVALID_SESSION_ID')) return failure('SessionExpired');
  if (code.includes('INSUFFICIENT_ACCESS') || code.includes('INVALID_TYPE') || code.includes('API_DISABLED'))
    return failure('NotAllowed', [message]);
  return error;
}
