import type { Org } from '../../org.ts';
import { ComponentProblem, type Component } from '../component.ts';

/** A Lightning web component; editions without the right take it by package only. */
export function applyComponentBundle(org: Org, { name, file }: Component): void {
  if (!org.features.components)
    throw new ComponentProblem(
      `LightningComponentBundle is not available in this organization, so ${name} cannot be deployed`,
    );
  const files = JSON.parse(file.toString('utf8')) as Record<string, string>;
  for (const [, other] of Object.values(files)
    .join('\n')
    .matchAll(/<c-([a-z-]+)/g)) {
    const bundle = (other ?? '').replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!org.metadata.get('LightningComponentBundle')?.has(bundle))
      throw new ComponentProblem(`No MODULE named markup://c:${bundle} found`);
  }
}

/** A page: the components of ours that stand on it must be there. */
export function applyFlexiPage(org: Org, { file }: Component): void {
  for (const [, name = ''] of file.toString('utf8').matchAll(/<componentName>c:(\w+)<\/componentName>/g)) {
    if (!org.metadata.get('LightningComponentBundle')?.has(name))
      throw new ComponentProblem(`Component [c:${name}] does not exist`);
  }
}
