-- A token made by a token lives no longer than that one.
alter table access_token add column parent_id uuid references access_token (id);
create index access_token_parent on access_token (parent_id);

-- Browsers that a person has signed in from before: wrong passwords from elsewhere do not lock these out.
create table access_device (
  secret_hash text primary key,
  user_id uuid not null references access_user (id) on delete cascade,
  created_at timestamptz not null,
  failed_attempts integer not null default 0,
  locked_until timestamptz
);
create index access_device_user on access_device (user_id);
