-- Removes elements that wait.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room   ARGV[1...] ids
-- Returns how many of them waited.
local removed = 0
for _, id in ipairs(ARGV) do
    local holder = (pending(id, id, 1) or {})[1]
    if not holder or holder[2] == RETURNED then
        removed = removed + redis.call('XDEL', KEYS[1], id)
        if holder then
            redis.call('XACK', KEYS[1], GROUP, id)
        end
    end
end
if removed > 0 and redis.call('DEL', KEYS[2]) == 1 then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return {removed}
