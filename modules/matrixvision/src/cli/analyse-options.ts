import { resolve } from 'node:path';
import { listArgument, type VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { DetectionRate } from '../analyse/detect-in-video.ts';
import { readAttribute } from '../attributes/commands/read-attribute.ts';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import { defaultModel } from '../pipeline/default-model.ts';
import { parseRules, type RulesFile } from '../rules/rules-file.ts';
import { matrixvisionCliErrors } from './errors.ts';

/** The options of `analyse`, checked. */
export interface AnalyseCall {
  readonly model: string;
  /** The model is a card of the user's own. */
  readonly hasCard: boolean;
  readonly every: DetectionRate;
  readonly labels: readonly string[] | undefined;
  readonly seconds: number | undefined;
  readonly threads: number | undefined;
  readonly rules: RulesFile;
  /** Taught attributes, with the files that they come from. */
  readonly attributes: readonly { readonly file: string; readonly model: AttributeModel }[];
  readonly allow: readonly string[];
  readonly transport: 'tcp' | 'udp';
  readonly timeoutMs: number;
  readonly lostAfterMs: number;
}

type Options = VerbContext['options'];

/** Throws MATRIXVISION_OPTION_INVALID, MATRIXVISION_RULES_INVALID, JSON_ARGUMENT_INVALID, or what `readAttribute` throws. */
export async function analyseCall({
  options,
  allowedNetworks,
}: Pick<VerbContext, 'options' | 'allowedNetworks'>): Promise<AnalyseCall> {
  const model = typeof options.model === 'string' ? options.model : defaultModel;
  const seconds = above0(options.seconds, '--seconds');
  if (seconds !== undefined && options['until-end'])
    throw invalid('--until-end', 'given together with --seconds', 'given alone');
  return {
    ...{ model, hasCard: model.endsWith('.json'), labels: listArgument(options.labels), seconds },
    every: options.every === undefined || options.every === 'auto' ? 'auto' : whole(options.every, '--every')!,
    threads: whole(options.threads, '--threads'),
    rules: await rulesOf(options.rules),
    attributes: await Promise.all(
      (listArgument(options.attributes) ?? []).map(async (file) => ({
        file: resolve(file),
        model: await readAttribute(file),
      })),
    ),
    allow: [...allowedNetworks, ...(listArgument(options['allow-network']) ?? [])],
    transport: transportOf(options.transport),
    timeoutMs: (above0(options.timeout, '--timeout') ?? 10) * 1000,
    lostAfterMs: (above0(options['lost-after'], '--lost-after') ?? 30) * 1000,
  };
}

async function rulesOf(option: Options[string]): Promise<RulesFile> {
  if (typeof option !== 'string') return { version: 1, rules: [] };
  return parseRules(await jsonArgument(option.trimStart().startsWith('{') ? option : `@${option}`, '--rules'));
}

function transportOf(option: Options[string]): 'tcp' | 'udp' {
  if (option === undefined || option === 'tcp') return 'tcp';
  if (option === 'udp') return 'udp';
  throw invalid('--transport', String(option), 'tcp or udp');
}

function above0(option: Options[string], name: string): number | undefined {
  if (option === undefined) return undefined;
  const number = Number(option);
  if (Number.isFinite(number) && number > 0) return number;
  throw invalid(name, String(option), 'a number above 0');
}

function whole(option: Options[string], name: string): number | undefined {
  const number = above0(option, name);
  if (number === undefined || Number.isInteger(number)) return number;
  throw invalid(name, String(option), name === '--every' ? 'a whole number, or auto' : 'a whole number');
}

const invalid = (option: string, value: string, wanted: string) =>
  matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({ option, value, wanted });
