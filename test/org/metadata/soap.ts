import type { Answer, OrgRequest } from '../http/request.ts';
import type { Org } from '../org.ts';
import {
  COMPONENT_TYPES,
  filePath,
  componentType,
  CHILD_TYPES,
  type ComponentType,
} from './componentTypes.ts';
import { stamps, type Operations } from './operations.ts';
import { namesOf, type Wanted } from './retrieve.ts';
import { child, children, fragment, isTrue, parseXml, textOf, type Xml } from './xml.ts';

/** Answers one SOAP request of the Metadata API. */
export async function metadataSoap(
  org: Org,
  operations: Operations,
  request: OrgRequest,
  version: string,
): Promise<Answer> {
  const { root } = parseXml(request.body.toString('utf8'));
  const token = textOf(child(child(root, 'Header'), 'SessionHeader'), 'sessionId') ?? '';
  if (!org.sessions.has(token))
    return fault(
      'sf:INVALID_SESSION_ID',
      'INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session',
    );
  const access = org.accessOf(org.sessions.userOf(token));
  const body = child(root, 'Body');
  const [name = ''] = Object.keys(body ?? {}).filter((key) => key !== '#text');
  if (!access.isAdmin && !access.permission('ModifyMetadata')) {
    return fault(
      'sf:INSUFFICIENT_ACCESS',
      'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    );
  }
  const operation = child(body, name);
  const result = await answer(org, operations, name, operation, version);
  if (result === null)
    return fault('sf:INVALID_OPERATION', `INVALID_OPERATION: ${name} is not supported by this org`);
  return envelope(
    200,
    fragment({ [`${name}Response`]: { '@_xmlns': 'http://soap.sforce.com/2006/04/metadata', result } }),
  );
}

async function answer(
  org: Org,
  operations: Operations,
  name: string,
  xml: Xml | undefined,
  version: string,
): Promise<unknown> {
  switch (name) {
    case 'deploy': {
      const options = child(xml, 'DeployOptions');
      const id = await operations.deploy(Buffer.from(textOf(xml, 'ZipFile') ?? '', 'base64'), {
        checkOnly: isTrue(options, 'checkOnly'),
        rollbackOnError: textOf(options, 'rollbackOnError') !== 'false',
      });
      return { done: false, id, state: 'Queued' };
    }
    case 'checkDeployStatus': {
      const status = operations.deployStatus(textOf(xml, 'asyncProcessId') ?? '');
      return status && (isTrue(xml, 'includeDetails') ? status : { ...status, details: undefined });
    }
    case 'retrieve': {
      const unpackaged = child(child(xml, 'request') ?? child(xml, 'retrieveRequest'), 'unpackaged');
      const wanted: Wanted[] = children(unpackaged, 'types').map((types) => ({
        type: textOf(types, 'name') ?? '',
        members: children(types, 'members').map((member) => String(member['#text'] ?? '')),
      }));
      return { done: false, id: await operations.retrieve(wanted, version), state: 'Queued' };
    }
    case 'checkRetrieveStatus':
      return operations.retrieveStatus(textOf(xml, 'asyncProcessId') ?? '');
    case 'listMetadata':
      return children(xml, 'queries').flatMap((query) => list(org, textOf(query, 'type') ?? ''));
    case 'describeMetadata':
      return describe(org);
    default:
      return null;
  }
}

function list(org: Org, type: string): object[] {
  const at = new Date(org.now()).toISOString();
  const known = componentType(type) ?? componentType(CHILD_TYPES[type] ?? '');
  if (!known) return [];
  return namesOf(org, type).map((fullName) => ({
    ...stamps(at),
    fileName: filePath(known, fullName),
    fullName,
    type,
  }));
}

/** Types that an org has only with a feature of its own. */
function hasType(org: Org, { type }: ComponentType): boolean {
  if (type === 'LightningComponentBundle') return org.features.components;
  const isTranslation = type === 'Translations' || type === 'CustomObjectTranslation';
  return !isTranslation || (org.metadata.get('Translations')?.size ?? 0) > 0;
}

function describe(org: Org) {
  return {
    metadataObjects: COMPONENT_TYPES.filter((one) => hasType(org, one)).map((one) => ({
      ...(one.type === 'CustomObject' ? { childXmlNames: Object.keys(CHILD_TYPES) } : {}),
      directoryName: one.directory,
      inFolder: one.type === 'Report',
      metaFile: one.type === 'StaticResource',
      ...(one.suffix === '' ? {} : { suffix: one.suffix }),
      xmlName: one.type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

function envelope(status: number, body: string): Answer {
  const text = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return { status, body: text, headers: { 'content-type': 'text/xml;charset=UTF-8' } };
}

function fault(code: string, message: string): Answer {
  return envelope(500, fragment({ 'soapenv:Fault': { faultcode: code, faultstring: message } }));
}
