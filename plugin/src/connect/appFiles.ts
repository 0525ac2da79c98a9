import { escapeXml } from '../merge/xml.ts';
import type { Files } from '../org/orgView.ts';

export const APP = 'DeskConnect';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

function file(root: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `    <${name}>${escapeXml(value)}</${name}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${lines.join('')}</${root}>\n`;
}

/** The External Client App and how it logs in. Its policies come with a second deployment, once it is there. */
export function appFiles(options: { certificate: string; contactEmail: string }): Files {
  // Salesforce wants the certificate without its first and last line.
  const certificate = options.certificate.replaceAll(/-----[^-]+-----|\s/g, '');
  return new Map([
    [
      `externalClientApps/${APP}.eca`,
      file('ExternalClientApplication', {
        contactEmail: options.contactEmail,
        description: 'The bridge of Desk Connect logs in by this app.',
        distributionState: 'Local',
        isProtected: 'false',
        label: 'Desk Connect',
      }),
    ],
    [
      `extlClntAppGlobalOauthSets/${APP}_glbloauth.ecaGlblOauth`,
      file('ExtlClntAppGlobalOauthSettings', {
        callbackUrl: 'https://login.salesforce.com/services/oauth2/callback',
        certificate,
        externalClientApplication: APP,
        isConsumerSecretOptional: 'true',
        isNamedUserJwtEnabled: 'false',
        isPkceRequired: 'true',
        label: `${APP}_glbloauth`,
        shouldRotateConsumerKey: 'false',
        shouldRotateConsumerSecret: 'false',
      }),
    ],
    [
      `extlClntAppOauthSettings/${APP}_oauth.ecaOauth`,
      file('ExtlClntAppOauthSettings', {
        // RefreshToken: without it a user who was approved beforehand is refused, though no token is given out.
        commaSeparatedOauthScopes: 'Api, RefreshToken',
        externalClientApplication: APP,
        label: `${APP}_oauth`,
      }),
    ],
  ]);
}

/** Who may use the app: whoever holds the permission set, without being asked. */
export function policyFiles(permissionSet: string): Files {
  return new Map([
    [
      `extlClntAppOauthPolicies/${APP}_oauthPlcy.ecaOauthPlcy`,
      file('ExtlClntAppOauthConfigurablePolicies', {
        commaSeparatedPermissionSet: permissionSet,
        externalClientApplication: APP,
        ipRelaxationPolicyType: 'Enforce',
        label: `${APP}_oauthPlcy`,
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        refreshTokenPolicyType: 'Infinite',
      }),
    ],
    [
      `extlClntAppPolicies/${APP}_plcy.ecaPlcy`,
      file('ExtlClntAppConfigurablePolicies', {
        externalClientApplication: APP,
        isEnabled: 'true',
        isOauthPluginEnabled: 'true',
        label: `${APP}_plcy`,
      }),
    ],
  ]);
}
