-- A count is the number of its crossings: one in the cooldown of its line, or in a direction that makes no events, is kept
-- like an event, with clip, picture and proof, but asks nobody's attention. Null: it is an event.
alter table matrixvision_event add column kept_back text check (kept_back in ('cooldown', 'direction'));
