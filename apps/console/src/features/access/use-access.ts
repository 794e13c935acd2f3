import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/generated/schema.d.ts';
import { useNotify } from '../../components/use-notify.ts';

type Body<P extends keyof paths, M extends 'post' | 'patch'> = paths[P] extends {
  [K in M]: { requestBody: { content: { 'application/json': infer B } } };
}
  ? B
  : never;
export type NewUser = Body<'/api/access/users', 'post'>;
export type UserChange = Body<'/api/access/users/{id}', 'patch'>;
export type NewToken = Body<'/api/access/tokens', 'post'>;

const users = ['access', 'users'] as const;
const tokens = ['access', 'tokens'] as const;

export const useUsers = (enabled = true) =>
  useQuery({
    queryKey: users,
    enabled,
    queryFn: async () => (await answer(api.GET('/api/access/users'))).items,
  });

export const usePermissions = () =>
  useQuery({
    queryKey: ['access', 'permissions'],
    staleTime: 60_000,
    queryFn: async () => (await answer(api.GET('/api/access/permissions'))).items,
  });

export const useTokens = () =>
  useQuery({ queryKey: tokens, queryFn: async () => (await answer(api.GET('/api/access/tokens'))).items });

/** A change to what `key` lists: reads it again afterwards, and says what went wrong. */
function useChange<Input, Output>(key: readonly string[], mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({ mutationFn, onError: failed, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useCreateUser = () => useChange(users, (body: NewUser) => answer(api.POST('/api/access/users', { body })));

export const useChangeUser = () =>
  useChange(users, ({ id, ...body }: UserChange & { id: string }) =>
    answer(api.PATCH('/api/access/users/{id}', { params: { path: { id } }, body })),
  );

export const useResetPassword = () =>
  useChange(users, (id: string) =>
    answer(api.POST('/api/access/users/{id}/password-reset', { params: { path: { id } } })),
  );

export const useCreateToken = () =>
  useChange(tokens, (body: NewToken) => answer(api.POST('/api/access/tokens', { body })));

export const useRevokeToken = () =>
  useChange(tokens, (id: string) => answer(api.DELETE('/api/access/tokens/{id}', { params: { path: { id } } })));
