-- Gives back what was handed out to a consumer that never learned of it, because the reply was lost.
-- KEYS[1] queue   ARGV[1] consumer   ARGV[2...] ids that it has learned of
-- Returns how many were given back.
local known, from, given = {}, '-', 0
for i = 2, #ARGV do
    known[ARGV[i]] = true
end
while from do
    local some = pending(from, '+', 100, ARGV[1]) or {}
    for _, each in ipairs(some) do
        if not known[each[1]] then
            giveBack(each[1], each[4] - 1, false)
            given = given + 1
        end
    end
    from = #some == 100 and '(' .. some[100][1]
end
if given > 0 then
    redis.pcall('PUBLISH', KEYS[1], '')
end
return {given}
