import { removeElement } from './splice.ts';
import { elementsNamed, parseXml, textOf } from './xml.ts';

/** Components that people make their own once they have them: how they look then is not ours to change. */
const FOLDERS = ['reports/', 'layouts/'];
/** The same, of the parts of an object. */
const PARTS = ['listViews'];

export const isStartingPoint = (path: string) => FOLDERS.some((folder) => path.startsWith(folder));

/** A file of ours without the parts that the org has already, in whatever form: they stay as they are. */
export function withoutStarted(path: string, wanted: string, present: string | undefined): string {
  if (present === undefined || !path.startsWith('objects/')) return wanted;
  const there = parseXml(present);
  const started = PARTS.flatMap((name) => elementsNamed(there, name).map((one) => partOf(name, one)));
  const without = (file: string): string => {
    const part = PARTS.flatMap((name) => elementsNamed(parseXml(file), name)).find((one) =>
      started.includes(partOf(one.name, one)),
    );
    return part ? without(removeElement(file, part)) : file;
  };
  return without(wanted);
}

const partOf = (name: string, element: Parameters<typeof textOf>[0]) =>
  `${name} ${textOf(element, 'fullName') ?? ''}`;
