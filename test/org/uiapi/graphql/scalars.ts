import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { storedTime } from '../../records/times.ts';
import type { FieldSchema } from '../../schema/types.ts';

/** Text that the platform gives a name of its own: a variable of type String does not fit it. */
const textual = (name: string) =>
  new GraphQLScalarType<unknown>({
    name,
    parseValue: (value) => {
      if (typeof value !== 'string')
        throw new GraphQLError(`${name} cannot represent a value that is no text`);
      return value;
    },
  });

const numeric = (name: string) =>
  new GraphQLScalarType<unknown>({
    name,
    parseValue: (value) => {
      if (typeof value !== 'number')
        throw new GraphQLError(`${name} cannot represent a value that is no number`);
      return value;
    },
    parseLiteral: (node) => GraphQLFloat.parseLiteral(node, undefined),
  });

const temporal = (name: string, type: 'date' | 'datetime' | 'time') =>
  new GraphQLScalarType<unknown>({
    name,
    parseValue: (value) => {
      if (storedTime(type, value) === null)
        throw new GraphQLError(`${name} cannot represent ${JSON.stringify(value)}`);
      return value;
    },
  });

const picklist = textual('Picklist');
const multiPicklist = textual('MultiPicklist');
const email = textual('EmailAddress');
const phone = textual('PhoneNumber');
const url = textual('Url');
const textArea = textual('TextArea');
const longTextArea = textual('LongTextArea');
const richTextArea = textual('RichTextArea');
const encrypted = textual('EncryptedString');
const currency = numeric('Currency');
const percent = numeric('Percent');
const double = numeric('Double');
const date = temporal('Date', 'date');
const dateTime = temporal('DateTime', 'datetime');
const time = temporal('Time', 'time');

/** How a field's values are called in the schema, and their scalar. */
export type Kind = { readonly name: string; readonly scalar: GraphQLScalarType };

/** The kind of a field; null for those that the schema does not have. */
export function kindOf(field: FieldSchema): Kind | null {
  switch (field.type) {
    case 'id':
    case 'reference':
      return { name: 'ID', scalar: GraphQLID };
    case 'string':
      return { name: 'String', scalar: GraphQLString };
    case 'textarea':
      if (field.htmlFormatted) return { name: 'RichTextArea', scalar: richTextArea };
      return field.length > 255
        ? { name: 'LongTextArea', scalar: longTextArea }
        : { name: 'TextArea', scalar: textArea };
    case 'email':
      return { name: 'EmailAddress', scalar: email };
    case 'phone':
      return { name: 'PhoneNumber', scalar: phone };
    case 'url':
      return { name: 'Url', scalar: url };
    case 'boolean':
      return { name: 'Boolean', scalar: GraphQLBoolean };
    case 'int':
      return { name: 'Int', scalar: GraphQLInt };
    case 'double':
      return { name: 'Double', scalar: double };
    case 'currency':
      return { name: 'Currency', scalar: currency };
    case 'percent':
      return { name: 'Percent', scalar: percent };
    case 'date':
      return { name: 'Date', scalar: date };
    case 'datetime':
      return { name: 'DateTime', scalar: dateTime };
    case 'time':
      return { name: 'Time', scalar: time };
    case 'encryptedstring':
      return { name: 'EncryptedString', scalar: encrypted };
    case 'picklist':
      return { name: 'Picklist', scalar: picklist };
    case 'multipicklist':
      return { name: 'MultiPicklist', scalar: multiPicklist };
    default:
      return null;
  }
}

/** Long and encrypted texts can be read, and neither be filtered nor sorted by. */
export const isFilterable = ({ name }: Kind): boolean =>
  !['LongTextArea', 'RichTextArea', 'EncryptedString'].includes(name);

export const isSortable = (kind: Kind): boolean =>
  isFilterable(kind) && !['TextArea', 'MultiPicklist'].includes(kind.name);
