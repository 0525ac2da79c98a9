import { PAIRS, pairText } from 'c/deskSync';
import { labels } from './labels';
import type { Mapping, Mappings, Rule } from './mappings';
import { deleteWords, directionWords, keepsWords } from './words';

/** Of each kind of records its rule, as terms and what they say, and its mappings, as rows of a table. */
export function sections({ rules, mappings }: Mappings) {
  return PAIRS.map((pair) => {
    const rule = rules.find((one) => one.pair === pair);
    return {
      key: pair,
      title: pairText(pair),
      terms: rule ? ruleTerms(rule) : [],
      rows: mappings.filter((one) => one.pair === pair).map((one) => mappingRow(one, rule)),
    };
  });
}

function ruleTerms(rule: Rule) {
  return [
    { term: labels.direction, text: directionWords(rule.direction) },
    { term: labels.createsIn, text: sides(rule.createInSalesforce, rule.createInDesk) },
    { term: labels.updatesIn, text: sides(rule.updateInSalesforce, rule.updateInDesk) },
    { term: labels.toDeskIf, text: rule.salesforceCondition },
    { term: labels.toSalesforceIf, text: rule.deskCondition },
    { term: labels.recordType, text: rule.recordType ?? '' },
    { term: labels.inConflict, text: keepsWords(rule.conflictRule) },
    { term: labels.onDelete, text: deleteWords(rule.onDelete) },
  ].filter(({ text }) => text !== '');
}

/** Salesforce and Desk are names, the same in every language. */
function sides(inSalesforce: boolean, inDesk: boolean): string {
  return [...(inSalesforce ? ['Salesforce'] : []), ...(inDesk ? ['Desk'] : [])].join(', ') || labels.nowhere;
}

function mappingRow(mapping: Mapping, rule: Rule | undefined) {
  const { salesforceField, deskField, direction, owner, display, standard } = mapping;
  return {
    key: `${salesforceField} ${deskField}`,
    salesforceField,
    deskField,
    direction: directionWords(direction),
    notes: [
      // What holds for all fields stands above.
      ...(owner === null || owner === rule?.conflictRule ? [] : [keepsWords(owner)]),
      ...(display ? [labels.displayed] : []),
      ...(standard ? [labels.standard] : []),
    ].join(', '),
  };
}
