import type { Case } from './state.ts';

/** Liquid, of which `{{case.id}}`, `{{case.subject}}` and `{{case.status}}` are known here; what is not known is empty. */
export function rendered(template: string, deskCase: Case | null): string {
  const values: Readonly<Record<string, string>> =
    deskCase === null ? {} : { id: String(deskCase.id), subject: deskCase.subject, status: deskCase.status };
  return template.replaceAll(/\{\{\s*case\.(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? '');
}
