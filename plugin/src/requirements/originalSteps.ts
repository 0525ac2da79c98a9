/** A step of the original's set-up page: under which heading, in short, and which requirement has taken its place. */
export type OriginalStep = { readonly section: string; readonly step: string; readonly by: string };

const steps = (section: string, ...list: readonly (readonly [step: string, by: string])[]): OriginalStep[] =>
  list.map(([step, by]) => ({ section, step, by }));

/** Every step of the original's page that prepared the Salesforce side, in its order. */
export const ORIGINAL_STEPS: readonly OriginalStep[] = [
  ...steps(
    'Prerequisites',
    ['admin access to Professional Edition or above', 'edition'],
    ['access by the API', 'api-access'],
    ['no sandbox', 'sandbox'],
  ),
  ...steps(
    'Prepare Your Salesforce Organization',
    ['Priority: High, Medium, Low', 'case-priority'],
    ['Status: Open, Pending, Resolved added', 'case-status'],
    ['the values in Lightning Experience', 'support-processes'],
  ),
  ...steps('Establishing Permission Settings', ['permissions of the user that syncs', 'assignment']),
  ...steps(
    'Establishing Integration User Profile Requirements',
    ['the integration user is an administrator', 'integration-user'],
    ['the permissions of its profile', 'permission-sets'],
    ['View All and Modify All', 'object-access'],
    ['Read, Create, Edit, Delete on Account, Contact, Case', 'object-access'],
    ['all fields of Email Message', 'email'],
    ['all fields of Task', 'activities'],
  ),
  ...steps(
    'Account Objects',
    ['Name, Fax, Description, Phone', 'account-fields'],
    ['Case related list', 'related-lists'],
  ),
  ...steps('Setting Account Object Permissions', ['field-level security', 'account-fields']),
  ...steps(
    'Contact Objects',
    ['Title, Description, Name, Email and the phones', 'contact-fields'],
    ['Case related list', 'related-lists'],
    ['fields of person accounts', 'person-accounts'],
    ['the standard layout in Professional Edition', 'layout-fields'],
  ),
  ...steps(
    'Setting Contact Object Permissions',
    ['field-level security', 'contact-fields'],
    ['the fields on the Contact layout', 'layout-fields'],
  ),
  ...steps(
    'Case Object Requirements',
    ['Contact, Account, Subject, Description, Priority, Origin', 'case-fields'],
    ['the values of Origin', 'restricted-picklists'],
    ['E-mail related list', 'related-lists'],
    ['e-mails on cases', 'email'],
    ['Status with New, Open, Pending, Resolved, Closed', 'case-status'],
  ),
  ...steps(
    'Setting Case Object Permissions',
    ['field-level security', 'case-fields'],
    ['the fields on the Case layout', 'layout-fields'],
  ),
  ...steps('Case Comment Object Requirements', ['comment, body and parent', 'case-comments']),
  ...steps('Setting Case Comment Permissions', ['Edit Case Comments', 'case-comments']),
  ...steps(
    'Session Settings',
    ['sessions not locked to an address', 'sessions'],
    ['no forced logout', 'sessions'],
    ['the longest time-out', 'sessions'],
  ),
  ...steps(
    'Other Field Requirements',
    ['access to record types', 'record-types'],
    ['fields that the widget shows', 'permission-sets'],
  ),
  ...steps(
    'Connect Salesforce to Desk',
    ['the Account layout in Professional Edition', 'layout-fields'],
    ['a dedicated user for the API', 'integration-user'],
  ),
];
