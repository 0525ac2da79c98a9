import type { Value } from '../values.ts';
import type { DeskField } from './deskField.ts';
import type { DeskCustomField } from './describes.ts';
import { inOrder, selected } from './picklist.ts';

/** What Desk holds, in one form for each meaning; what does not fit the type stays as it is, as text. */
function inForm({ type, choices }: DeskCustomField, value: Value): Value {
  if (value === null || value === '') return null;
  const text = String(value);
  switch (type) {
    case 'boolean':
      if (text === 'true' || text === '1') return true;
      return text === 'false' || text === '0' ? false : text;
    case 'integer':
      return /^-?\d+$/.test(text) ? String(BigInt(text)) : text;
    case 'decimal':
      return /^-?\d+\.\d*0$/.test(text) ? text.replace(/\.?0+$/, '') : text;
    case 'date':
      return /^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : text;
    case 'multi':
      return inOrder(selected(text), choices) || null;
    case 'string':
    case 'list':
    case 'other':
      return text;
  }
}

/** A custom field of Desk as one that can be mapped. */
export function customDeskField(field: DeskCustomField): DeskField {
  const { key, label, type, choices } = field;
  return {
    name: `custom_fields.${key}`,
    label,
    type,
    choices,
    standard: false,
    read: (record) => inForm(field, record.customFields[key] ?? null),
    write: (draft, value) => {
      draft.customFields = { ...draft.customFields, [key]: value };
    },
  };
}
