/** Where the files of a metadata type lie in a package. */
export type ComponentType = {
  readonly type: string;
  readonly directory: string;
  readonly suffix: string;
  /** A folder of several files is one component. */
  readonly bundle?: boolean;
};

const one = (type: string, directory: string, suffix: string): ComponentType => ({ type, directory, suffix });

/** In the order of deployment: what others refer to comes first. */
export const COMPONENT_TYPES: readonly ComponentType[] = [
  one('StandardValueSet', 'standardValueSets', 'standardValueSet'),
  one('GlobalValueSet', 'globalValueSets', 'globalValueSet'),
  one('CustomObject', 'objects', 'object'),
  one('Settings', 'settings', 'settings'),
  one('CustomMetadata', 'customMetadata', 'md'),
  one('CustomLabels', 'labels', 'labels'),
  one('StaticResource', 'staticresources', 'resource'),
  { type: 'LightningComponentBundle', directory: 'lwc', suffix: '', bundle: true },
  one('CustomPermission', 'customPermissions', 'customPermission'),
  one('FlexiPage', 'flexipages', 'flexipage'),
  one('CustomTab', 'tabs', 'tab'),
  one('QuickAction', 'quickActions', 'quickAction'),
  one('Layout', 'layouts', 'layout'),
  one('CustomApplication', 'applications', 'app'),
  one('ReportType', 'reportTypes', 'reportType'),
  one('Report', 'reports', 'report'),
  one('PlatformEventChannel', 'platformEventChannels', 'platformEventChannel'),
  one('PlatformEventChannelMember', 'platformEventChannelMembers', 'platformEventChannelMember'),
  one('Flow', 'flows', 'flow'),
  one('Profile', 'profiles', 'profile'),
  one('PermissionSet', 'permissionsets', 'permissionset'),
  one('ExternalClientApplication', 'externalClientApps', 'eca'),
  one('ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets', 'ecaGlblOauth'),
  one('ExtlClntAppOauthSettings', 'extlClntAppOauthSettings', 'ecaOauth'),
  one('ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies', 'ecaOauthPlcy'),
  one('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy'),
  one('CustomObjectTranslation', 'objectTranslations', 'objectTranslation'),
  one('Translations', 'translations', 'translation'),
];

/** Types that live within the file of another. */
export const CHILD_TYPES: Readonly<Record<string, string>> = {
  CustomField: 'CustomObject',
  CustomLabel: 'CustomLabels',
  BusinessProcess: 'CustomObject',
  RecordType: 'CustomObject',
  ListView: 'CustomObject',
  CompactLayout: 'CustomObject',
};

export function componentType(type: string): ComponentType | undefined {
  return COMPONENT_TYPES.find((one) => one.type === type);
}

export function filePath({ type, directory, suffix, bundle }: ComponentType, name: string): string {
  if (bundle) return `${directory}/${name}`;
  if (isFolder(type, name)) return `${directory}/${name}-meta.xml`;
  return `${directory}/${type === 'Layout' ? encode(name) : name}.${suffix}`;
}

/** A folder of reports is a component of the type of its content. */
export const isFolder = (type: string, name: string) => type === 'Report' && !name.includes('/');

/** Layouts have names of people's choice; in paths, odd characters stand percent-encoded. */
const encode = (name: string) =>
  name.replaceAll(/[^\w .-]/g, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
