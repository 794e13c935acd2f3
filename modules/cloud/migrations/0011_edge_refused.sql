-- What a box did not bring into effect of the revision that is in effect otherwise, and why.
alter table cloud_edge_reported add column refused jsonb not null default '[]';
