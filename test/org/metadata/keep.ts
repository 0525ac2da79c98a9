import type { Org } from '../org.ts';

/** Keeps what a retrieve of a component is to give. */
export function keep(org: Org, type: string, name: string, file: Buffer | string): void {
  const files = org.metadata.get(type) ?? new Map<string, Buffer>();
  org.metadata.set(type, files);
  files.set(name, Buffer.from(file));
}

/** The text of a kept component. */
export function kept(org: Org, type: string, name: string): string | undefined {
  return org.metadata.get(type)?.get(name)?.toString('utf8');
}
