-- Forgets which ids were granted.
-- KEYS[1] the last id that was granted   ARGV[1] 1 to do so, 0 to see whether it could be done
-- Returns {1}.
if type(redis.pcall('GET', KEYS[1])) == 'table' then
    return redis.error_reply('WRONGTYPE ' .. redis.call('TYPE', KEYS[1]).ok)
end
if ARGV[1] == '1' then
    redis.call('DEL', KEYS[1])
end
return {1}
