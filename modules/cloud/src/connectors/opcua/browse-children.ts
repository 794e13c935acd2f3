import type { ClientSession, NodeId, ReferenceDescription } from 'node-opcua';
import type { BrowseNode } from '../connector.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { variantNumber } from './data-value.ts';
import type { Opcua } from './opcua-library.ts';
import { chunksOf, type ServerLimits } from './server-limits.ts';

/** Objects and variables below a node; properties are facts of the variable, not children to choose. */
export async function browseChildren(
  opcua: Opcua,
  session: ClientSession,
  limits: ServerLimits,
  nodeId: NodeId,
): Promise<BrowseNode[]> {
  const references = await referencesOf(opcua, session, nodeId);
  const variables = references.filter((reference) => reference.nodeClass === opcua.NodeClass.Variable);
  const values = new Map<string, { text: string; numeric: boolean }>();
  for (const chunk of chunksOf(variables, limits.nodesPerRead)) {
    const results = await session.read(
      chunk.map((reference) => ({ nodeId: reference.nodeId, attributeId: opcua.AttributeIds.Value })),
    );
    for (const [index, result] of results.entries()) {
      const { value, dataType } = result.value;
      const number = variantNumber(value, dataType);
      const text = Number.isNaN(number) ? shortText(value) : String(number);
      values.set(keyOf(chunk[index]!), { text, numeric: !Number.isNaN(number) });
    }
  }
  const nodes: BrowseNode[] = [];
  for (const reference of references) {
    const key = keyOf(reference);
    const name = reference.displayName.text || reference.browseName.name || key;
    const found = values.get(key);
    const isObject = reference.nodeClass === opcua.NodeClass.Object;
    if (!found) {
      nodes.push({ key, name, hasChildren: isObject });
      continue;
    }
    const children = await referencesOf(opcua, session, reference.nodeId);
    if (!found.numeric) {
      nodes.push({ key, name, hasChildren: children.length > 0 });
      continue;
    }
    const unit = await engineeringUnit(opcua, session, reference.nodeId);
    nodes.push({
      key,
      name,
      hasChildren: children.length > 0,
      point: { key, name, value: found.text, ...(unit ? { unit } : {}) },
    });
  }
  return nodes;
}

/** UCUM code of a variable's EngineeringUnits property, when it has one that is known. */
export async function engineeringUnit(
  opcua: Opcua,
  session: ClientSession,
  nodeId: NodeId,
): Promise<string | undefined> {
  const path = opcua.makeBrowsePath(nodeId, '.EngineeringUnits');
  const { targets } = await session.translateBrowsePath(path);
  const target = targets?.[0]?.targetId;
  if (!target) return undefined;
  const { value } = await session.read({ nodeId: target, attributeId: opcua.AttributeIds.Value });
  const information = value?.value as { displayName?: { text?: string | null } } | null | undefined;
  return ucumUnit(information?.displayName?.text ?? undefined);
}

async function referencesOf(opcua: Opcua, session: ClientSession, nodeId: NodeId): Promise<ReferenceDescription[]> {
  const found: ReferenceDescription[] = [];
  let result = await session.browse({
    nodeId,
    referenceTypeId: opcua.resolveNodeId('HierarchicalReferences'),
    browseDirection: opcua.BrowseDirection.Forward,
    includeSubtypes: true,
    nodeClassMask: opcua.NodeClassMask.Object | opcua.NodeClassMask.Variable,
    resultMask: 63,
  });
  for (;;) {
    found.push(...(result.references ?? []));
    const { continuationPoint } = result;
    if (!continuationPoint || continuationPoint.length === 0) break;
    result = await session.browseNext(continuationPoint, false);
  }
  const property = opcua.resolveNodeId('HasProperty').toString();
  return found.filter((reference) => reference.referenceTypeId.toString() !== property);
}

function keyOf(reference: ReferenceDescription): string {
  return reference.nodeId.toString();
}

function shortText(value: unknown): string {
  return String(value).slice(0, 80);
}
