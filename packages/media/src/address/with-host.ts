/** The same address at another host; `URL` changes the host of http addresses only. */
export function withHost(address: string, host: string): string {
  const [, before, after] = /^([a-z]+:\/\/(?:[^/?#]*@)?)(?:\[[^\]]*\]|[^:/?#]*)(.*)$/i.exec(address)!;
  return `${before}${host.includes(':') ? `[${host}]` : host}${after}`;
}
