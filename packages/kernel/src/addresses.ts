/** Network addresses and what may be reached, by itself: a process for each camera must not load all of the kernel for it. */
export { AddressRules, isPublicAddress } from './address-rules.ts';
