import { useMutation, useQueryClient } from '@tanstack/react-query';

/**
 * A change to ESG data: all of its lists and the ledger are read again. Errors stay with the form that asked, beside
 * the fields they are about.
 */
export function useEsgChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['esg'] });
      await client.invalidateQueries({ queryKey: ['ledger', 'entries'] });
    },
  });
}
