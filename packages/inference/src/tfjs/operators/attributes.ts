import type { GraphNode } from '../graph-model.ts';

export const integers = (node: GraphNode, name: string): number[] => (node.attributes[name]?.list?.i ?? []).map(Number);

export const text = (node: GraphNode, name: string): string => decoded(node.attributes[name]?.s ?? '');

export const texts = (node: GraphNode, name: string): string[] => (node.attributes[name]?.list?.s ?? []).map(decoded);

export const flag = (node: GraphNode, name: string): boolean => node.attributes[name]?.b ?? false;

/** TensorFlow.js writes the bytes of a string in base64. */
const decoded = (value: string): string => Buffer.from(value, 'base64').toString('utf8');
