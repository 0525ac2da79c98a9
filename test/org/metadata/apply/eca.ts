import type { Org } from '../../org.ts';
import type { Component } from '../component.ts';
import { parseXml, textOf } from '../xml.ts';

/** An External Client App's certificate lets a JWT log in; its consumer key follows from its name. */
export function applyGlobalOauth(org: Org, { file }: Component): void {
  const { root } = parseXml(file.toString('utf8'));
  const certificate = textOf(root, 'certificate');
  const app = textOf(root, 'externalClientApplication') ?? '';
  if (certificate === undefined) return;
  const body = certificate.replaceAll(/-----[^-]+-----|\s/g, '');
  const pem = `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
  org.apps.set(`3MVG9.${app}`, { consumerKey: `3MVG9.${app}`, certificate: pem, approved: null });
}
