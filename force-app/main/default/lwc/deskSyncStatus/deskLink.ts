import { nodesOf, valuesOf, webAddress } from 'c/deskSync';
import { gql } from 'lightning/graphql';

export const DESK_LINK_QUERY = gql`
  query deskLinkOfRecord($recordId: String) {
    uiapi {
      query {
        Desk_Link__c(where: { Record_Id__c: { eq: $recordId } }, first: 1) {
          edges {
            node {
              Id
              Status__c {
                value
              }
              Last_Synced__c {
                value
              }
              Last_Direction__c {
                value
              }
              Last_Error__c {
                value
              }
              Failure_Cause__c {
                value
              }
              Desk_Id__c {
                value
              }
              Desk_Url__c {
                value
              }
              Requested_Action__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The link of a record with its counterpart in Desk. */
export type DeskLink = {
  readonly id: string;
  readonly status: string | null;
  /** ISO 8601 */
  readonly lastSynced: string | null;
  readonly lastDirection: string | null;
  readonly lastError: string | null;
  /** The class of the failure. */
  readonly cause: string | null;
  readonly deskId: string | null;
  /** An http or https address. */
  readonly deskUrl: string | null;
  /** What the bridge has not answered yet. */
  readonly requestedAction: string | null;
};

/** The link in the data of DESK_LINK_QUERY; null when the record is not linked. */
export function readDeskLink(data: unknown): DeskLink | null {
  const [node] = nodesOf(data, 'Desk_Link__c').rows;
  if (!node) return null;
  const values = valuesOf(node, [
    'Status__c',
    'Last_Synced__c',
    'Last_Direction__c',
    'Last_Error__c',
    'Failure_Cause__c',
    'Desk_Id__c',
    'Desk_Url__c',
    'Requested_Action__c',
  ]);
  return {
    id: node.Id,
    status: values.Status__c,
    lastSynced: values.Last_Synced__c,
    lastDirection: values.Last_Direction__c,
    lastError: values.Last_Error__c,
    cause: values.Failure_Cause__c,
    deskId: values.Desk_Id__c,
    deskUrl: webAddress(values.Desk_Url__c),
    requestedAction: values.Requested_Action__c,
  };
}
