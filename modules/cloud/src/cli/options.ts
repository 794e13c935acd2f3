import type { VerbContext } from '@millwright/kernel';

type Option = VerbContext['options'][string];

/** `none` takes a fact away. */
export const factOf = (option: Option): string | null | undefined =>
  typeof option === 'string' ? (option === 'none' ? null : option) : undefined;

/** A number, or `none`; what is neither is left to the server to refuse. */
export const numberOf = (option: Option): unknown => {
  const fact = factOf(option);
  return typeof fact === 'string' && fact.trim() !== '' && Number.isFinite(Number(fact)) ? Number(fact) : fact;
};

/** `yes` or `no`; anything else is left to the server to refuse. */
export const yesOf = (option: Option): unknown => (option === 'yes' ? true : option === 'no' ? false : option);
