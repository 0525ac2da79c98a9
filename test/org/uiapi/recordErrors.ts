import type { Answer } from '../http/request.ts';
import type { SalesforceError } from '../records/errors.ts';
import { findField } from '../schema/schema.ts';
import type { ObjectSchema } from '../schema/types.ts';

/** A write that failed as UI API tells it: what a form shows above itself, and what beside its fields. */
export function recordError(object: ObjectSchema, error: SalesforceError): Answer {
  // A value of the wrong kind does not get as far as the record.
  if (error.code === 'JSON_PARSER_ERROR')
    return { status: 400, body: [{ errorCode: 'POST_BODY_PARSE_ERROR', message: error.message }] };
  const detail = (name: string | null) => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.code,
    field: name,
    fieldLabel: name === null ? null : (findField(object, name)?.label ?? name),
    message: error.message,
  });
  // That a user may not write a field is told as an error of the record, with the fields in its words.
  const beside = error.code === 'INVALID_FIELD_FOR_INSERT_UPDATE' ? [] : error.fields;
  return {
    status: error.status,
    body: {
      message: 'An error occurred while trying to update the record. Please try again.',
      statusCode: error.status,
      enhancedErrorType: 'RecordError',
      output: {
        errors: beside.length === 0 ? [detail(null)] : [],
        fieldErrors: Object.fromEntries(beside.map((name) => [name, [detail(name)]])),
      },
    },
  };
}
