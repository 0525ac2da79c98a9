import { gql } from 'lightning/graphql';

/** The bridge that was heard of last; a store that was lost leaves its row behind. */
export const BRIDGE_QUERY = gql`
  query deskBridge {
    uiapi {
      query {
        Desk_Bridge__c(orderBy: { Seen__c: { order: DESC } }, first: 1) {
          edges {
            node {
              Id
              State__c {
                value
              }
              Seen__c {
                value
              }
              Health__c {
                value
              }
              Mappings__c {
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

/** What the bridge wrote as JSON; null for what is none, or is of a version that these components do not know. */
export function readJson(text: string | null): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return (value as { readonly version?: unknown } | null)?.version === 1 ? value : null;
  } catch {
    return null;
  }
}
