import { readFlow } from '../../flows/readFlow.ts';
import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';

/** Takes a flow; an active one must be of the kind that the org can run, because it will run. */
export function applyFlow(org: Org, { name, file }: Component): void {
  const flow = readFlow(name, file.toString('utf8'));
  if (flow.active) {
    if (!org.schema.object(flow.object))
      throw new ComponentProblem(`The flow's start object does not exist: ${flow.object}`);
    for (const create of flow.creates) {
      if (!org.schema.object(create.object))
        throw new ComponentProblem(
          `${create.name} (Create Records) - The object "${create.object}" can't be found`,
        );
    }
  }
  const object = org.schema.object('FlowDefinitionView');
  if (!object) return;
  const known = [...org.records.rows('FlowDefinitionView').values()].find(
    (row) => row['ApiName'] === name && row['IsDeleted'] !== true,
  );
  org.records.transact(org.userId(ADMIN), null, () => {
    if (known) org.records.update(object, known.Id, { IsActive: flow.active });
    else
      org.records.insert(object, { ApiName: name, ProcessType: 'AutoLaunchedFlow', IsActive: flow.active });
  });
}
