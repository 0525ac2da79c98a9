import { insertChild, removeElement } from './splice.ts';
import { elementsNamed, parseXml, textOf, type Element } from './xml.ts';

/** Values of a picklist that a support process or a record type of Case lets its records take. */
export type Allowance = {
  /** Support processes rule the status, record types the other picklists. */
  readonly kind: 'businessProcesses' | 'recordTypes';
  readonly fullName: string;
  readonly picklist: string;
  readonly values: readonly string[];
};

/** What the active support processes and record types of a retrieved `Case.object` do not allow yet. */
export function missingAllowances(
  file: string,
  wanted: { readonly status: readonly string[]; readonly priority: readonly string[] },
): Allowance[] {
  const object = parseXml(file);
  const lacking = (holder: Element, values: readonly string[]) => {
    const there = new Set(elementsNamed(holder, 'values').map((value) => textOf(value, 'fullName')));
    return values.filter((value) => !there.has(encode(value)));
  };
  const processes = elementsNamed(object, 'businessProcesses')
    .filter((process) => textOf(process, 'isActive') !== 'false')
    .map((process) => ({
      kind: 'businessProcesses' as const,
      fullName: textOf(process, 'fullName') ?? '',
      picklist: 'Status',
      values: lacking(process, wanted.status),
    }));
  const recordTypes = elementsNamed(object, 'recordTypes')
    .filter((type) => textOf(type, 'active') !== 'false')
    .flatMap((type) => {
      const priority = picklistOf(type, 'Priority');
      // A record type that says nothing of a picklist allows all of it.
      if (!priority) return [];
      return {
        kind: 'recordTypes' as const,
        fullName: textOf(type, 'fullName') ?? '',
        picklist: 'Priority',
        values: lacking(priority, wanted.priority),
      };
    });
  return [...processes, ...recordTypes].filter(({ values }) => values.length > 0);
}

/** The file with those values allowed; defaults stay. */
export function allow(file: string, allowances: readonly Allowance[]): string {
  return allowances.reduce(
    (merged, allowance) =>
      allowance.values.reduce((text, value) => {
        const holder = holderOf(text, allowance);
        if (!holder) return text;
        return insertChild(text, holder, [
          'values',
          [
            ['fullName', encode(value)],
            ['default', 'false'],
          ],
        ]);
      }, merged),
    file,
  );
}

/** The file without those values. */
export function disallow(file: string, allowances: readonly Allowance[]): string {
  return allowances.reduce(
    (left, allowance) =>
      allowance.values.reduce((text, value) => {
        const holder = holderOf(text, allowance);
        const element =
          holder && elementsNamed(holder, 'values').find((one) => textOf(one, 'fullName') === encode(value));
        return element ? removeElement(text, element) : text;
      }, left),
    file,
  );
}

function holderOf(file: string, { kind, fullName, picklist }: Allowance): Element | undefined {
  const part = elementsNamed(parseXml(file), kind).find((one) => textOf(one, 'fullName') === fullName);
  return part && kind === 'recordTypes' ? picklistOf(part, picklist) : part;
}

const picklistOf = (recordType: Element, name: string) =>
  elementsNamed(recordType, 'picklistValues').find((one) => textOf(one, 'picklist') === name);

/** Names of values stand percent-encoded in these files. */
const encode = (value: string) => encodeURIComponent(value).replaceAll('%20', ' ');
