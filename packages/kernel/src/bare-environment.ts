/** What a process that reads what strangers send has no use for: our secrets, options that change Node itself, and proxies. */
const secret = /^(MILLWRIGHT_|PG|AWS_|NODE_OPTIONS$|(https?|all|no)_proxy$)|TOKEN|SECRET|PASSWORD|CREDENTIAL/i;

/** The environment of this process without its secrets, for a child that reads what strangers send. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !secret.test(name)));
}
