package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The picture in README.md, which CONTRIBUTING.md says how to renew. */
@BrowserTest
class ScreenshotTest {

    private BoxOffice boxOffice;

    @BeforeEach
    void emptyTheHall(@LocalServerPort int port) {
        boxOffice = new BoxOffice(port);
        boxOffice.emptyTheHall();
    }

    @AfterEach
    void startAllMasters() {
        boxOffice.startAllMasters();
    }

    @Test
    void theHallInUse(Page page, @Autowired PotteryFactory pottery) throws Exception {
        page.resize(1280, 1400).prefer("light");
        boxOffice.sell(buyers());
        Panel hall = page.panel("hall");
        hall.click("Stop master 4").awaitText("#master-4", "stopped");
        hall.click("Seat D5, free").awaitStatus("Seat D5 is Ada's");
        try (Lease one = pottery.redlock("seat:C6").acquire();
                Lease other = pottery.redlock("seat:E2").acquire()) {
            hall.awaitAny("#leases li", "Seat C6").awaitAny("#leases li", "Seat E2");
            hall.awaitCommand("acquire\\.lua").awaitText("#sales", "^%d of 60".formatted(buyers().size() + 1));
            Path picture = hall.save("hall");
            assertThat(one.isValid() && other.isValid()).isTrue();
            assertThat(ImageIO.read(picture.toFile()).getWidth()).isBetween(1_200, 1_280);
            copy(picture);
        }
    }

    private static Map<String, String> buyers() {
        Map<String, String> buyers = new TreeMap<>();
        for (String seat : "A4 A5 A6 B3 B4 B5 B6 B7 C4 C5 C7 D6 E5 E6".split(" ")) {
            buyers.put(seat, "Grace");
        }
        return buyers;
    }

    private static void copy(Path picture) throws IOException {
        String folder = System.getProperty("pottery.screenshots");
        if (folder != null) {
            Path target = Files.createDirectories(Path.of(folder)).resolve("boxoffice.png");
            Files.copy(picture, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
