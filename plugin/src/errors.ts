import { Messages } from '@salesforce/core/messages';
import type { SfError } from '@salesforce/core/sfError';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'errors');

/** Every error that the plugin raises by itself; texts and what to do stand in messages/errors.md. */
export const ERROR_CODES = [
  'AppKeyMissing',
  'AssignFailed',
  'BackupFailed',
  'Blocked',
  'BridgeNotRunning',
  'BridgeNotStarted',
  'BridgeRefused',
  'BridgeTokenMissing',
  'ConfigFileUnreadable',
  'ConfigInvalid',
  'ConfigTypesMissing',
  'CredentialsMissing',
  'DeployFailed',
  'DescribeUnreadable',
  'DeskRefused',
  'DeskUserUnfit',
  'FileDiffers',
  'FlowNotActivated',
  'LinksExist',
  'LogInRefused',
  'NeedsConfirmation',
  'NoCallsLeft',
  'NoHome',
  'NoPermissionSet',
  'NoSuchMapping',
  'NoSuchUser',
  'NotAllowed',
  'NotConnected',
  'NotVerified',
  'OrgBusy',
  'OrgDrifted',
  'OtherOrg',
  'PlanUnreadable',
  'PreviewFailed',
  'PreviewLate',
  'RetrieveFailed',
  'RetrieveTimedOut',
  'RowUnreadable',
  'SessionExpired',
  'TestCaseLate',
  'UserNotMade',
  'ValueUnreadable',
  'VersionUnknown',
  'WidgetNotServed',
  'WidgetUrlUnsafe',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

type Tokens = readonly (string | number)[];

/** An error by its code, with its text and what to do next filled in. */
export function failure(code: ErrorCode, tokens: Tokens = [], actionTokens: Tokens = []): SfError {
  return messages.createError(`error.${code}`, [...tokens], [...actionTokens]);
}

/** Codes of Salesforce that a user meets often, and the error of ours that says what to do. */
const KNOWN: readonly (readonly [RegExp, ErrorCode])[] = [
  [/INVALID_SESSION_ID|INVALID_AUTH_HEADER/, 'SessionExpired'],
  [/REQUEST_LIMIT_EXCEEDED/, 'NoCallsLeft'],
  [/ORG_LOCKED|ALREADY_IN_PROCESS|UNABLE_TO_LOCK_ROW|SERVER_UNAVAILABLE/, 'OrgBusy'],
  [/UNSUPPORTED_API_VERSION|INVALID_API_VERSION/, 'VersionUnknown'],
  [/INSUFFICIENT_ACCESS|INVALID_TYPE|API_DISABLED|API_CURRENTLY_DISABLED/, 'NotAllowed'],
];

/** Errors of Salesforce in words that say what to do; any other error as it is. */
export function explain(error: unknown): unknown {
  const { errorCode, name, message = '' } = error as { errorCode?: string; name?: string; message?: string };
  if ((ERROR_CODES as readonly string[]).includes((name ?? '').replace(/Error$/, ''))) return error;
  const code = `${errorCode ?? ''} ${name ?? ''} ${/^[A-Z_]+(?=:)/.exec(message)?.[0] ?? ''}`;
  const known = KNOWN.find(([pattern]) => pattern.test(code));
  return known ? failure(known[1], [message]) : error;
}
