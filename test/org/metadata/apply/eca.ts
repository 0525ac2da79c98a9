import type { Org } from '../../org.ts';
import type { Component } from '../component.ts';
import { ComponentProblem } from '../component.ts';
import { keep } from '../keep.ts';
import { parseXml, textOf } from '../xml.ts';

/** An External Client App's certificate lets a JWT log in; its consumer key follows from its name. */
export function applyGlobalOauth(org: Org, { name, file }: Component): { own: true } {
  const text = file.toString('utf8');
  const { root } = parseXml(text);
  const certificate = textOf(root, 'certificate');
  const app = appNamed(org, textOf(root, 'externalClientApplication') ?? '');
  const consumerKey = `3MVG9.${app}`;
  if (certificate !== undefined) {
    const body = certificate.replaceAll(/-----[^-]+-----|\s/g, '');
    const pem = `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
    const known = org.apps.get(consumerKey);
    // Until a policy approves users beforehand, nobody can consent to a JWT.
    org.apps.set(consumerKey, {
      consumerKey,
      certificate: pem,
      approved: [],
      permissionSets: known?.permissionSets ?? [],
      usableFrom: known?.usableFrom ?? org.now() + org.appDelayMs,
    });
  }
  keep(
    org,
    'ExtlClntAppGlobalOauthSettings',
    name,
    text.replace(/(\s*)<externalClientApplication>/, `$1<consumerKey>${consumerKey}</consumerKey>$&`),
  );
  return { own: true };
}

/** Who may use an app: with pre-authorisation, the users with one of its permission sets. */
export function applyOauthPolicies(org: Org, { file }: Component): void {
  const { root } = parseXml(file.toString('utf8'));
  const name = appNamed(org, textOf(root, 'externalClientApplication') ?? '');
  const sets = (textOf(root, 'commaSeparatedPermissionSet') ?? '').split(',').map((one) => one.trim());
  const known = new Set([...org.records.rows('PermissionSet').values()].map((row) => row['Name']));
  for (const set of sets.filter((one) => one !== '')) {
    if (!known.has(set))
      throw new ComponentProblem(
        `In field: commaSeparatedPermissionSet - no PermissionSet named ${set} found`,
      );
  }
  const app = org.apps.get(`3MVG9.${name}`);
  if (app && textOf(root, 'permittedUsersPolicyType') === 'AdminApprovedPreAuthorized')
    org.apps.set(app.consumerKey, { ...app, permissionSets: sets });
}

export function removeApp(org: Org, name: string): void {
  org.apps.delete(`3MVG9.${name}`);
}

function appNamed(org: Org, name: string): string {
  if (!org.metadata.get('ExternalClientApplication')?.has(name))
    throw new ComponentProblem(
      `In field: externalClientApplication - no ExternalClientApplication named ${name} found`,
    );
  return name;
}
