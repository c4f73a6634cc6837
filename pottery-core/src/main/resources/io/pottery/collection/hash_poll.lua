-- Removes some entry.
-- KEYS[1] hash
-- Returns {field, value}, or an empty list if the hash is empty.
local entry = redis.call('HRANDFIELD', KEYS[1], 1, 'WITHVALUES')
if #entry > 0 then
    redis.call('HDEL', KEYS[1], entry[1])
end
return entry
