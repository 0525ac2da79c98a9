import { PAIRS, type PairKind } from '../pair.ts';
import { mappingKey, mappingName, type Mapping, type Rule, type SyncConfig } from './syncConfig.ts';

/** One thing that differs between two configs, in the words of the file. */
export type ConfigChange = {
  readonly change: 'added' | 'removed' | 'changed';
  /** `switch`, `rule case`, or `mapping case Product__c = custom_fields.product`. */
  readonly record: string;
  readonly pair: PairKind | null;
  /** What differs of it; empty where the whole record was added or removed. */
  readonly fields: readonly { readonly name: string; readonly from: string; readonly to: string }[];
};

/** What would become of one config if the other took its place, in the order of the file. */
export function configDiff(from: SyncConfig, to: SyncConfig): ConfigChange[] {
  const known = new Map(from.mappings.map((mapping) => [mappingKey(mapping), mapping]));
  const wanted = new Set(to.mappings.map(mappingKey));
  return [
    ...changed('switch', null, { enabled: from.enabled }, { enabled: to.enabled }),
    ...PAIRS.flatMap((pair) => changed(`rule ${pair}`, pair, from.rules[pair], to.rules[pair])),
    ...to.mappings.flatMap((mapping): ConfigChange[] => {
      const before = known.get(mappingKey(mapping));
      return before
        ? changed(mappingName(mapping), mapping.pair, settingsOf(before), settingsOf(mapping))
        : [{ change: 'added', record: mappingName(mapping), pair: mapping.pair, fields: [] }];
    }),
    ...from.mappings
      .filter((mapping) => !wanted.has(mappingKey(mapping)))
      .map((mapping): ConfigChange => ({
        change: 'removed',
        record: mappingName(mapping),
        pair: mapping.pair,
        fields: [],
      })),
  ];
}

type Settings = Readonly<Record<string, Rule[keyof Rule] | string>>;

const settingsOf = ({ direction, owner, display, values }: Mapping): Settings => ({
  direction,
  owner,
  display,
  values: values.map(({ salesforce, desk }) => `${salesforce} = ${desk}`).join(', '),
});

function changed(record: string, pair: PairKind | null, from: Settings, to: Settings): ConfigChange[] {
  const fields = Object.keys(to).flatMap((name) =>
    from[name] === to[name] ? [] : [{ name, from: shown(from[name]), to: shown(to[name]) }],
  );
  return fields.length > 0 ? [{ change: 'changed', record, pair, fields }] : [];
}

function shown(value: Settings[string] | undefined): string {
  if (value === true) return 'on';
  if (value === false) return 'off';
  return value === null || value === undefined || value === '' ? 'nothing' : value;
}
