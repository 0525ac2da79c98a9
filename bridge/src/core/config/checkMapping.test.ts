import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_TYPES_DESCRIBES } from './allTypes.fixture.ts';
import { checkConfig } from './checkConfig.ts';
import { aMapping, configOf, pairsOf } from './mapped.fixture.ts';
import type { Mapping } from './syncConfig.ts';

const STRING = 'custom_fields.a_string';
const LIST = 'custom_fields.a_list';
const toDesk = { direction: 'salesforce-to-desk' } as const;
const toSalesforce = { direction: 'desk-to-salesforce' } as const;
const off = { direction: 'off' } as const;

/** What is found, one line each: level, record, field, message, fix. */
const found = (...mappings: Mapping[]) =>
  checkConfig(configOf(...mappings), ALL_TYPES_DESCRIBES).map(
    ({ level, record, field, message, fix }) => `${level} ${record} [${field}] ${message} ${fix}`,
  );

test('every mistake of one mapping is told with its place, its reason and what to do', () => {
  const told: readonly (readonly [Mapping, string])[] = [
    [
      aMapping('Text_c', STRING),
      "error mapping case Text_c = custom_fields.a_string [salesforce] Case has no field Text_c, or the bridge's user cannot see it. Did you mean Text__c?",
    ],
    [
      aMapping('Text Area', STRING),
      "error mapping case Text Area = custom_fields.a_string [salesforce] Case has no field Text_Area__c, or the bridge's user cannot see it. Did you mean Text_Area__c?",
    ],
    [
      aMapping('Zebra__c', STRING),
      "error mapping case Zebra__c = custom_fields.a_string [salesforce] Case has no field Zebra__c, or the bridge's user cannot see it. Look at the API name in Setup, and at what the user of the bridge may see.",
    ],
    [
      aMapping('Prodct__r.Code__c', STRING),
      "error mapping case Prodct__r.Code__c = custom_fields.a_string [salesforce] Case has no lookup Prodct__r, or the bridge's user cannot see it. Did you mean Product__r?",
    ],
    [
      aMapping('Product__r.Cod__c', STRING),
      "error mapping case Product__r.Cod__c = custom_fields.a_string [salesforce] Product__c has no field Cod__c, or the bridge's user cannot see it. Did you mean Code__c?",
    ],
    [
      aMapping('Owner.Name', STRING),
      'error mapping case Owner.Name = custom_fields.a_string [salesforce] OwnerId can lead to several objects, so it has no key that is always there. Map a formula field that holds what you need.',
    ],
    [
      aMapping('Contact.Account.Name', STRING),
      'error mapping case Contact.Account.Name = custom_fields.a_string [salesforce] Contact.Account.Name goes through more than one lookup. Map a formula field that holds what you need.',
    ],
    [
      aMapping('Order__r.Name', STRING),
      "error mapping case Order__r.Name = custom_fields.a_string [salesforce] The bridge's user cannot see Order__x, to which Order__c leads. Give it read access to Order__x.",
    ],
    [
      aMapping('Text_Area__c', 'a_string'),
      'error mapping case Text_Area__c = a_string [desk] A case in Desk has no field a_string. Did you mean custom_fields.a_string?',
    ],
    [
      aMapping('Text_Area__c', 'custom_fields.zebra'),
      "error mapping case Text_Area__c = custom_fields.zebra [desk] A case in Desk has no field custom_fields.zebra. Custom fields are named custom_fields. and the field's key in Desk.",
    ],
    [
      aMapping('Text_Area__c', 'custom_fields.unused'),
      'error mapping case Text_Area__c = custom_fields.unused [desk] The field Unused is not active in Desk. Activate it in Desk, or switch the mapping off.',
    ],
    [
      aMapping('Text_Area__c', 'labels'),
      'error mapping case Text_Area__c = labels [desk] labels of Desk cannot be mapped: a case has many labels, and no field of Salesforce takes them all. Take the mapping out.',
    ],
    [
      aMapping('Picklist__c', 'custom_fields.a_integer'),
      'error mapping case Picklist__c = custom_fields.a_integer [desk] Picklist__c (Picklist) cannot be mapped to custom_fields.a_integer (integer): the field in Desk takes whole numbers, and a field of the type Picklist is not like that. Take a field of Desk of the type string or list.',
    ],
    [
      aMapping('Fraction__c', 'custom_fields.a_integer'),
      'error mapping case Fraction__c = custom_fields.a_integer [desk] Fraction__c (Number) cannot be mapped to custom_fields.a_integer (integer): the fraction would be lost. Take a field of Desk of the type string.',
    ],
    [
      aMapping('Secret__c', STRING),
      'error mapping case Secret__c = custom_fields.a_string [desk] Secret__c (Text (Encrypted)) cannot be mapped to custom_fields.a_string (string): it would stand in clear in Desk. Take the mapping out, or leave it off and only show the field.',
    ],
    [
      aMapping('Time__c', STRING),
      'error mapping case Time__c = custom_fields.a_string [desk] Time__c (time) cannot be mapped to custom_fields.a_string (string): a time of day has no counterpart in Desk. Take the mapping out, or leave it off and only show the field.',
    ],
    [
      aMapping('Formula__c', STRING),
      'error mapping case Formula__c = custom_fields.a_string [direction] Formula__c can go to Desk only: a field of the type Formula is not written by anybody. Set the direction to salesforce-to-desk.',
    ],
    [
      aMapping('Rich__c', STRING, toSalesforce),
      'error mapping case Rich__c = custom_fields.a_string [direction] Rich__c can go to Desk only: what Desk has there cannot become a Text Area (Rich). Set the direction to salesforce-to-desk.',
    ],
    [
      aMapping('Set_Once__c', STRING),
      'error mapping case Set_Once__c = custom_fields.a_string [direction] Set_Once__c can go to Desk only: Set_Once__c can be set on new records only. Set the direction to salesforce-to-desk.',
    ],
    [
      aMapping('Product__r.Family__c', LIST),
      'error mapping case Product__r.Family__c = custom_fields.a_list [direction] Product__r.Family__c can go to Desk only: it is no key (external id) of the record that Product__c leads to. Set the direction to salesforce-to-desk.',
    ],
    [
      aMapping('Status', 'status', off),
      'error mapping case Status = status [direction] Without Status no Case can be kept in step, so it cannot be off. Set a direction, or switch the whole rule off.',
    ],
    [
      aMapping('Text__c', STRING),
      'warning mapping case Text__c = custom_fields.a_string [salesforce] Longer text is cut at 80 characters in Text__c. Take a longer field, or leave it at that.',
    ],
    [
      aMapping('Text__c', STRING, { pair: 'ticket' as Mapping['pair'] }),
      'error mapping ticket Text__c = custom_fields.a_string [pair] There is no pair ticket. Take one of company, customer, case.',
    ],
  ];
  for (const [mapping, line] of told) assert.deepEqual(found(mapping), [line]);
});

test('Desk cuts, and says where', () => {
  assert.deepEqual(
    found(aMapping('Description', 'description', off), aMapping('Long__c', 'description', toDesk)),
    [
      'warning mapping case Long__c = description [desk] Longer text is cut at 255 characters in description. Take a longer field, or leave it at that.',
    ],
  );
});

test('values that are none, that cross, and that have no place are told', () => {
  const picklist = (direction: object, ...pairs: string[]) =>
    found(aMapping('Picklist__c', LIST, { values: pairsOf(...pairs), ...direction }));
  const at = 'mapping case Picklist__c = custom_fields.a_list [values]';
  const noPlace = (from: string, words: string, to: string) =>
    `warning ${at} Of ${from}, ${words} no place in ${to}, and will not be carried. Pair each of them with a value of the other side.`;
  assert.deepEqual(picklist({}, 'Gld=gold', 'Gold=gols'), [
    `error ${at} Picklist__c has no value "Gld". Did you mean "Gold"?`,
    `error ${at} custom_fields.a_list has no choice "gols". Did you mean "gold"?`,
  ]);
  assert.deepEqual(picklist({}, 'Old Tin=bronze'), [
    `error ${at} "Old Tin" is not active in Picklist__c. Activate the value in Setup, or take its pair out.`,
  ]);
  assert.deepEqual(picklist(toDesk, 'Old Tin=bronze'), [
    `warning ${at} "Old Tin" is not active in Picklist__c. Activate the value in Setup, or take its pair out.`,
  ]);
  assert.deepEqual(picklist({}, 'Gold=gold', 'Gold=silver', 'Silver=silver'), [
    `error ${at} Both sides of "Gold = silver" have another partner as well, so a value would come back as another one. Leave one of the two with one partner.`,
  ]);
  assert.deepEqual(picklist({}, 'Gold=Red'), [
    noPlace('custom_fields.a_list', '"gold", "Red;Blue" have', 'Picklist__c'),
  ]);
  assert.deepEqual(found(aMapping('Free_Picklist__c', LIST, toDesk)), [
    `warning mapping case Free_Picklist__c = custom_fields.a_list [values] Of Free_Picklist__c, "One", "Two" have no place in custom_fields.a_list, and will not be carried. Pair each of them with a value of the other side.`,
  ]);
  assert.deepEqual(picklist(toSalesforce, 'Gold=Red', 'Gold=Red;Blue'), []);
  assert.deepEqual(found(aMapping('Text_Area__c', STRING, { values: pairsOf('a=b') })), [
    'error mapping case Text_Area__c = custom_fields.a_string [values] Values of Text_Area__c and custom_fields.a_string cannot be paired: only picklists have values to pair. Take the values out.',
  ]);
  assert.deepEqual(found(aMapping('Multi__c', STRING, { values: pairsOf('Red=a;b') })), [
    'error mapping case Multi__c = custom_fields.a_string [values] "a;b" has a semicolon, which stands between values. Take words without a semicolon.',
  ]);
  assert.deepEqual(found(aMapping('Priority', 'priority', { values: pairsOf('High=11', 'Hgh=9') })), [
    'warning mapping case Priority = priority [values] Priority has no value "Hgh". Did you mean "High"?',
    'error mapping case Priority = priority [values] "11" is none: a priority in Desk is a number from 1 to 10. Correct the value.',
  ]);
});
