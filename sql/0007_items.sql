-- Items that came in with a centre's own rows are found by the needs that show them, without walking over others (app/sight_items.c).
CREATE INDEX need_item_public ON need (item_id) WHERE visibility = 3 AND item_id >= 1099511627776;
CREATE INDEX need_item_association ON need (item_id) WHERE visibility = 2 AND item_id >= 1099511627776;
CREATE INDEX need_item_centre ON need (centre_id, item_id) WHERE item_id >= 1099511627776;
