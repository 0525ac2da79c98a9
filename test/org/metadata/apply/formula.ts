import type { Schema } from '../../schema/schema.ts';
import { findField } from '../../schema/schema.ts';
import type { FieldSchema, FormulaTerm, ObjectSchema } from '../../schema/types.ts';

/** Kinds of values, as formulas tell them apart. */
const KIND: Partial<Record<FieldSchema['type'], string>> = {
  double: 'Number',
  int: 'Number',
  currency: 'Number',
  percent: 'Number',
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
};
const kindOf = (type: FieldSchema['type']) => KIND[type] ?? 'Text';

const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)|(TEXT)\s*\(\s*([\w.]+)\s*\)|([A-Za-z][\w.]*))\s*(&|$)/iy;

/**
 * Reads a formula as far as this org works formulas out: fields, parents' fields, texts, numbers, TRUE and FALSE,
 * texts joined by `&`, and TEXT of a picklist.
 * @throws an Error that says what is wrong or not worked out here
 */
export function parseFormula(
  schema: Schema,
  object: ObjectSchema,
  source: string,
  gives: FieldSchema['type'],
): FormulaTerm[] {
  const terms: FormulaTerm[] = [];
  const kinds: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < source.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [token, text, number, asText, picklist, word = ''] = TOKEN.exec(source) ?? [];
    if (token === undefined) throw new Error(`Syntax error. The local org does not work out: ${source}`);
    if (text !== undefined) {
      terms.push({ kind: 'value', value: text.replaceAll(/\\(.)/g, '$1') });
      kinds.push('Text');
    } else if (number !== undefined) {
      terms.push({ kind: 'value', value: Number(number) });
      kinds.push('Number');
    } else if (/^(?:true|false)$/i.test(word)) {
      terms.push({ kind: 'value', value: word.toLowerCase() === 'true' });
      kinds.push('Checkbox');
    } else {
      const path = (picklist ?? word).split('.');
      const field = fieldAt(schema, object, path);
      const isPicklist = field.type === 'picklist';
      if (isPicklist && asText === undefined)
        throw new Error(
          `Field ${path.join('.')} is a picklist field. Picklist fields are only supported in certain functions.`,
        );
      terms.push({ kind: 'field', path });
      kinds.push(asText === undefined ? kindOf(field.type) : 'Text');
    }
  }
  const [first = 'Text'] = kinds;
  const wrong = kinds.find((kind) => kind !== kindOf(gives));
  if (terms.length === 0 || (terms.length > 1 && first !== 'Text') || wrong !== undefined)
    throw new Error(
      `Formula result is data type (${wrong ?? first}), incompatible with expected data type (${kindOf(gives)}).`,
    );
  return terms;
}

function fieldAt(schema: Schema, object: ObjectSchema, path: readonly string[]): FieldSchema {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    const field = findField(object, head);
    if (!field || field.type === 'location' || field.type === 'encryptedstring')
      throw new Error(`Field ${head} does not exist. Check spelling.`);
    return field;
  }
  const link = [...object.fields.values()].find(
    (one) => one.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  const target = link && schema.object(link.referenceTo[0] ?? '');
  if (!target) throw new Error(`Field ${path.join('.')} does not exist. Check spelling.`);
  return fieldAt(schema, target, rest);
}
