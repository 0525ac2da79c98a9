import type { ConfigRecord } from '@desk-connect/bridge/core/config/configRecords.js';

const XSD = { string: 'xsd:string', number: 'xsd:double', boolean: 'xsd:boolean' } as const;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The metadata file of a custom metadata record. */
export function recordFile({ label, values }: ConfigRecord): string {
  const lines = Object.entries(values).map(([field, value]) =>
    value === null
      ? `    <values>\n        <field>${field}</field>\n        <value xsi:nil="true"/>\n    </values>\n`
      : `    <values>\n        <field>${field}</field>\n        <value xsi:type="${XSD[typeof value as keyof typeof XSD]}">${escaped(String(value))}</value>\n    </values>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>${escaped(label)}</label>
    <protected>false</protected>
${lines.join('')}</CustomMetadata>
`;
}
