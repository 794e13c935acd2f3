-- One append-only, hash-chained ledger for all systems: findings (what a system concluded) and actions (what someone did).
-- `content` is text, not jsonb: the hash covers these exact characters.
create table ledger_entry (
  sequence bigint primary key,
  id uuid not null unique,
  kind text not null check (kind in ('finding', 'action')),
  type text not null,
  subject text,
  site_id uuid,
  actor_id text not null,
  actor_name text not null,
  at timestamptz not null,
  content text not null,
  previous_hash text not null,
  hash text not null
);
create index ledger_entry_type on ledger_entry (type, sequence);
create index ledger_entry_subject on ledger_entry (subject, sequence) where subject is not null;

-- The last entry, kept apart: cutting off the chain's end is noticed, and appending needs one row lock instead of a table lock.
create table ledger_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash text not null
);
insert into ledger_head (sequence, hash) values (0, repeat('0', 64));
