/** `a, b` of a command's option as a list, empty places left out; an option that was left out stays so. */
export const listArgument = (option: string | boolean | undefined): string[] | undefined =>
  typeof option === 'string'
    ? option
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean)
    : undefined;
