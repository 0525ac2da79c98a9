import { gql } from 'lightning/graphql';
import { nodesOf, valuesOf } from './rows';

/** Entries of the log, newest first. */
export const LOG_QUERY = gql`
  query deskLog($where: Desk_Log__c_Filter, $first: Int) {
    uiapi {
      query {
        Desk_Log__c(where: $where, orderBy: { At__c: { order: DESC } }, first: $first) {
          edges {
            node {
              Id
              At__c {
                value
              }
              Level__c {
                value
              }
              Pair__c {
                value
              }
              Rule__c {
                value
              }
              Text__c {
                value
              }
              Record_Id__c {
                value
              }
              Desk_Id__c {
                value
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`;

export type LogEntry = {
  readonly id: string;
  /** ISO 8601 */
  readonly at: string | null;
  readonly level: string | null;
  readonly pair: string | null;
  /** The rule, or the class of failure, that decided. */
  readonly rule: string | null;
  readonly text: string | null;
  readonly recordId: string | null;
  readonly deskId: string | null;
};

/** The entries in the data of LOG_QUERY, and whether there are older ones. */
export function readLog(data: unknown): { entries: LogEntry[]; hasMore: boolean } {
  const { rows, hasMore } = nodesOf(data, 'Desk_Log__c');
  const entries = rows.map((row) => {
    const values = valuesOf(row, [
      'At__c',
      'Level__c',
      'Pair__c',
      'Rule__c',
      'Text__c',
      'Record_Id__c',
      'Desk_Id__c',
    ]);
    return {
      id: row.Id,
      at: values.At__c,
      level: values.Level__c,
      pair: values.Pair__c,
      rule: values.Rule__c,
      text: values.Text__c,
      recordId: values.Record_Id__c,
      deskId: values.Desk_Id__c,
    };
  });
  return { entries, hasMore };
}
