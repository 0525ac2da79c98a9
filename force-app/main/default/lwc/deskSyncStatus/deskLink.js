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

/**
 * @typedef {object} DeskLink
 * @property {string} id
 * @property {string | null} status
 * @property {string | null} lastSynced ISO 8601
 * @property {string | null} lastDirection
 * @property {string | null} lastError
 * @property {string | null} deskId
 * @property {string | null} deskUrl an http or https address, or null
 * @property {string | null} requestedAction what the bridge has not answered yet
 */

/**
 * The link in the data of DESK_LINK_QUERY.
 * @returns {DeskLink | null} null when the record is not linked
 */
export function readDeskLink(data) {
  const node = data?.uiapi?.query?.Desk_Link__c?.edges?.[0]?.node;
  if (!node) return null;
  return {
    id: node.Id,
    status: node.Status__c?.value ?? null,
    lastSynced: node.Last_Synced__c?.value ?? null,
    lastDirection: node.Last_Direction__c?.value ?? null,
    lastError: node.Last_Error__c?.value ?? null,
    deskId: node.Desk_Id__c?.value ?? null,
    deskUrl: webAddress(node.Desk_Url__c?.value),
    requestedAction: node.Requested_Action__c?.value ?? null,
  };
}

/** The address as a link may have it: what is not http or https, such as javascript:, is not offered. */
function webAddress(text) {
  try {
    const url = new URL(text ?? '');
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
