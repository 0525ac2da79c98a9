/** The metadata type of each folder that we use. */
const TYPE: Readonly<Record<string, string>> = {
  objects: 'CustomObject',
  flows: 'Flow',
  labels: 'CustomLabels',
  lwc: 'LightningComponentBundle',
  permissionsets: 'PermissionSet',
  platformEventChannels: 'PlatformEventChannel',
  platformEventChannelMembers: 'PlatformEventChannelMember',
  standardValueSets: 'StandardValueSet',
};

/** The members of a package by type, from the paths of its files. */
export function membersOf(paths: Iterable<string>): { name: string; members: string[] }[] {
  const types = new Map<string, Set<string>>();
  for (const path of paths) {
    const [folder = '', file = ''] = path.split('/');
    const type = TYPE[folder];
    if (type === undefined) throw new Error(`No metadata type for ${path}`);
    types.set(type, (types.get(type) ?? new Set()).add(file.replace(/\.[^.]+$/, '')));
  }
  return [...types].map(([name, members]) => ({ name, members: [...members].sort() }));
}

export function packageXml(paths: Iterable<string>, apiVersion: string): string {
  const types = membersOf(paths).map(
    ({ name, members }) =>
      `    <types>\n${members.map((member) => `        <members>${member}</members>\n`).join('')}        <name>${name}</name>\n    </types>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${types.join('')}    <version>${apiVersion}</version>\n</Package>\n`;
}
