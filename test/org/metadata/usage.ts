import type { Org } from '../org.ts';
import { ComponentProblem } from './component.ts';

/** What refers to a component of that type, by the types whose files are searched for its name. */
const USED_BY: Readonly<Record<string, readonly string[]>> = {
  CustomObject: ['FlowVersion', 'PlatformEventChannelMember', 'CustomTab', 'ReportType'],
  LightningComponentBundle: ['FlexiPage', 'QuickAction', 'CustomTab'],
  PlatformEventChannel: ['PlatformEventChannelMember'],
  FlexiPage: ['CustomTab', 'CustomApplication'],
  CustomTab: ['CustomApplication'],
  ReportType: ['Report'],
};

/** The records of a custom metadata type, which keep it. */
function refuseIfKept(org: Org, name: string): void {
  const type = name.replace(/__mdt$/, '');
  const [record] = [...(org.metadata.get('CustomMetadata')?.keys() ?? [])].filter((one) =>
    one.startsWith(`${type}.`),
  );
  if (type !== name && record !== undefined)
    throw new ComponentProblem(
      `This CustomObject is referenced elsewhere in salesforce.com. CustomMetadata - ${record}`,
    );
}

/** @throws ComponentProblem when something else in the org still refers to the component */
export function refuseIfUsed(org: Org, type: string, name: string): void {
  if (type === 'CustomObject') refuseIfKept(org, name);
  const mention =
    type === 'ReportType'
      ? new RegExp(`<reportType>${name}__c<`)
      : new RegExp(`>(?:c:)?${name}<|>${name.replace(/__c$/, '__ChangeEvent')}<`);
  for (const user of USED_BY[type] ?? []) {
    for (const [other, file] of org.metadata.get(user) ?? []) {
      // The tab of an object has the object's name, and nothing else that names it.
      if (
        mention.test(file.toString('utf8')) ||
        (type === 'CustomObject' && user === 'CustomTab' && other === name)
      )
        throw new ComponentProblem(
          `This ${type} is referenced elsewhere in salesforce.com. ${user.replace('Version', '')} - ${other}`,
        );
    }
  }
}
